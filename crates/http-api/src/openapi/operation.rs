//! One call of the API as the document tells of it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::schema::{described, reference};
use crate::problem::Code;

/// Who may make a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Anybody.
    Everybody,
    /// Somebody signed in.
    SignedIn,
    /// Somebody of the administration who only looks: `viewer` or `admin`.
    Viewer,
    /// Somebody of the administration who changes things.
    Admin,
    /// The gateway, which signs.
    Gateway,
}

impl Access {
    /// What the security scheme does not say.
    const fn about(self) -> Option<&'static str> {
        match self {
            Self::Viewer => Some("For accounts with the role `viewer` or `admin`."),
            Self::Admin => Some("For accounts with the role `admin`."),
            Self::Everybody | Self::SignedIn | Self::Gateway => None,
        }
    }
}

/// A call, put together piece by piece. What every call of its kind answers is not said again for each.
pub(super) struct Operation {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    tag: &'static str,
    id: &'static str,
    summary: &'static str,
    description: Option<&'static str>,
    access: Access,
    parameters: Vec<Value>,
    body: Option<Value>,
    answers: BTreeMap<u16, Value>,
    codes: Vec<Code>,
    replayed: bool,
}

impl Operation {
    fn new(method: &'static str, path: &'static str, (tag, id): (&'static str, &'static str)) -> Self {
        let parameters =
            path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(path_parameter).collect();
        let codes = vec![Code::Internal, Code::Overloaded];
        let operation = Self {
            method,
            path,
            tag,
            id,
            summary: "",
            description: None,
            access: Access::Everybody,
            parameters,
            body: None,
            answers: BTreeMap::new(),
            codes,
            replayed: false,
        };
        if path.contains('{') { operation.problems(&[Code::NotFound]) } else { operation }
    }

    pub(super) fn get(path: &'static str, name: (&'static str, &'static str)) -> Self {
        Self::new("get", path, name)
    }

    pub(super) fn post(path: &'static str, name: (&'static str, &'static str)) -> Self {
        Self::new("post", path, name)
    }

    /// By another method.
    pub(super) const fn by(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    pub(super) fn delete(path: &'static str, name: (&'static str, &'static str)) -> Self {
        Self::new("delete", path, name)
    }

    /// What it does, in one line.
    pub(super) const fn does(mut self, summary: &'static str) -> Self {
        self.summary = summary;
        self
    }

    /// What else there is to say.
    pub(super) const fn note(mut self, description: &'static str) -> Self {
        self.description = Some(description);
        self
    }

    /// Who may make it, and what everybody else is told.
    pub(super) fn of(mut self, access: Access) -> Self {
        self.access = access;
        match access {
            Access::Everybody => self,
            Access::SignedIn => self.problems(&[Code::Unauthenticated]),
            Access::Viewer | Access::Admin => self.problems(&[Code::Unauthenticated, Code::Forbidden]),
            Access::Gateway => self.problems(&[Code::InvalidSignature]),
        }
    }

    /// A parameter of the query, which may be left out.
    pub(super) fn query(mut self, name: &str, about: &str, schema: Value) -> Self {
        self.parameters.push(json!({"name": name, "in": "query", "description": about, "schema": schema}));
        self.problems(&[Code::ValidationFailed])
    }

    /// A parameter of the query that has to be there.
    pub(super) fn required_query(self, name: &str, about: &str, schema: Value) -> Self {
        let mut operation = self.query(name, about, schema);
        if let Some(Value::Object(parameter)) = operation.parameters.last_mut() {
            parameter.insert("required".to_owned(), true.into());
        }
        operation
    }

    /// A list, page by page.
    pub(super) fn paged(self) -> Self {
        self.query(
            "limit",
            "How many at most.",
            json!({"type": "integer", "minimum": 1, "maximum": 100, "default": 20}),
        )
        .query("cursor", "The `next_cursor` of the page before.", json!({"type": "string"}))
    }

    /// A JSON body of this schema, which has to be there.
    pub(super) fn body(mut self, schema: &str) -> Self {
        let content = json!({"application/json": {"schema": reference(schema)}});
        self.body = Some(json!({"required": true, "content": content}));
        self.problems(&[
            Code::MalformedJson,
            Code::BadRequest,
            Code::PayloadTooLarge,
            Code::UnsupportedMediaType,
            Code::ValidationFailed,
        ])
    }

    /// A body that the gateway has signed: JSON, whatever it calls itself.
    pub(super) fn signed_body(mut self, schema: &str) -> Self {
        let content = json!({"application/json": {"schema": reference(schema)}});
        self.body = Some(json!({"required": true, "content": content}));
        self.problems(&[Code::MalformedJson, Code::MalformedEvent, Code::BadRequest, Code::PayloadTooLarge])
    }

    /// A health page, which reports in its own way that something is wrong.
    pub(super) fn unhealthy(mut self, schema: &str) -> Self {
        self.codes.retain(|code| *code != Code::Overloaded);
        self.answers(503, "It cannot.", schema)
    }

    /// A file of one of these kinds as the body.
    pub(super) fn file(mut self, kinds: &[&'static str]) -> Self {
        let content: Map<_, _> = kinds.iter().map(|kind| ((*kind).to_owned(), json!({}))).collect();
        self.body = Some(json!({"required": true, "content": content}));
        self.problems(&[Code::BadRequest, Code::PayloadTooLarge, Code::UnsupportedMediaType, Code::ValidationFailed])
    }

    /// Refused if the caller has seen another version.
    pub(super) fn versioned(mut self) -> Self {
        self.parameters.push(json!({"$ref": "#/components/parameters/If-Match"}));
        self.problems(&[Code::ValidationFailed, Code::ChangedMeanwhile])
    }

    /// A success with a JSON body of this schema.
    pub(super) fn answers(self, status: u16, about: &str, schema: &str) -> Self {
        self.answers_with(status, about, &[("application/json", reference(schema))])
    }

    /// A success with bytes of these kinds.
    pub(super) fn answers_bytes(self, status: u16, about: &str, kinds: &[&'static str]) -> Self {
        let content: Vec<_> = kinds.iter().map(|kind| (*kind, Value::Null)).collect();
        self.answers_with(status, about, &content)
    }

    /// The success of this status in bytes, for who wants it so.
    pub(super) fn or_bytes(mut self, status: u16, kinds: &[&'static str]) -> Self {
        if let Some(answer) = self.answers.get_mut(&status) {
            for kind in kinds {
                answer["content"][*kind] = json!({});
            }
        }
        self
    }

    /// A success with nothing to say.
    pub(super) fn answers_nothing(self, status: u16, about: &str) -> Self {
        self.answers_with(status, about, &[])
    }

    fn answers_with(mut self, status: u16, about: &str, content: &[(&'static str, Value)]) -> Self {
        let mut answer = json!({"description": about, "headers": {"X-Request-Id": header("X-Request-Id")}});
        if !content.is_empty() {
            let media = |schema: &Value| if schema.is_null() { json!({}) } else { json!({"schema": schema}) };
            let content: Map<_, _> = content.iter().map(|(kind, schema)| ((*kind).to_owned(), media(schema))).collect();
            answer["content"] = content.into();
        }
        self.answers.insert(status, answer);
        self
    }

    /// A header of the success of this status.
    pub(super) fn with_header(mut self, status: u16, name: &str) -> Self {
        if let Some(answer) = self.answers.get_mut(&status) {
            answer["headers"][name] = header(name);
        }
        self
    }

    /// Refusals that are its own.
    pub(super) fn problems(mut self, codes: &[Code]) -> Self {
        for code in codes {
            if !self.codes.contains(code) {
                self.codes.push(*code);
            }
        }
        self
    }

    /// It asks the gateway, which may refuse, be down or not answer.
    pub(super) fn asks_the_gateway(self) -> Self {
        self.problems(&[Code::GatewayRejected, Code::GatewayUnavailable, Code::GatewayTimeout])
    }

    /// A repeat with the same `Idempotency-Key` gets the first answer again.
    pub(super) fn repeatable(mut self) -> Self {
        self.replayed = true;
        self.parameters.push(json!({"$ref": "#/components/parameters/Idempotency-Key"}));
        self.problems(&[
            Code::IdempotencyKeyReused,
            Code::IdempotencyInProgress,
            Code::ValidationFailed,
            Code::PayloadTooLarge,
            Code::BadRequest,
        ])
    }

    /// As the document has it.
    pub(super) fn render(&self) -> Value {
        let mut answers = self.answers.clone();
        let of_a_page = !self.path.starts_with("/api/") && !self.path.starts_with("/health");
        for (status, codes) in self.refusals() {
            let mut refusal = refusal(status, &codes);
            if of_a_page {
                refusal["content"]["text/html"] = json!({});
            }
            answers.insert(status, refusal);
        }
        if self.replayed {
            for answer in answers.values_mut() {
                answer["headers"]["Idempotency-Replayed"] = header("Idempotency-Replayed");
            }
        }
        let answers: Map<_, _> = answers.into_iter().map(|(status, answer)| (status.to_string(), answer)).collect();
        let mut operation = json!({
            "operationId": self.id, "tags": [self.tag], "summary": self.summary, "parameters": self.parameters,
            "security": self.security(), "responses": answers,
        });
        let description = [self.access.about(), self.description].into_iter().flatten().collect::<Vec<_>>().join(" ");
        if !description.is_empty() {
            operation["description"] = description.into();
        }
        if let Some(body) = &self.body {
            operation["requestBody"] = body.clone();
        }
        operation
    }

    fn refusals(&self) -> BTreeMap<u16, Vec<Code>> {
        let mut refusals: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
        for code in &self.codes {
            refusals.entry(code.status().as_u16()).or_default().push(*code);
        }
        refusals
    }

    fn security(&self) -> Value {
        match self.access {
            Access::Everybody => json!([]),
            Access::SignedIn | Access::Viewer | Access::Admin => json!([{"bearer": []}]),
            Access::Gateway => json!([{"ioka": []}, {"guide": []}]),
        }
    }
}

/// A problem of one of these codes, all of one status.
fn refusal(status: u16, codes: &[Code]) -> Value {
    let words: Vec<_> = codes.iter().map(|code| code.word()).collect();
    let schema = json!({
        "allOf": [reference("Problem"), {"properties": {"status": {"const": status}, "code": {"enum": words}}}],
    });
    let mut headers = json!({"X-Request-Id": header("X-Request-Id"), "Content-Language": header("Content-Language")});
    let has = |code| codes.contains(&code);
    if has(Code::Unauthenticated) {
        headers["WWW-Authenticate"] = header("WWW-Authenticate");
    }
    if has(Code::RateLimited) || has(Code::Overloaded) || has(Code::IdempotencyInProgress) {
        headers["Retry-After"] = header("Retry-After");
    }
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    let content = json!({"application/problem+json": {"schema": schema}});
    json!({"description": format!("{}.", words.join(", ")), "headers": headers, "content": content})
}

fn header(name: &str) -> Value {
    json!({"$ref": format!("#/components/headers/{name}")})
}

fn path_parameter(name: &str) -> Value {
    let (schema, about) = match name {
        "slug" => (json!({"type": "string", "pattern": "^[a-z0-9-]{1,64}$"}), "The campaign's slug."),
        "number" => (json!({"type": "string", "minLength": 1, "maxLength": 40}), "The certificate's number."),
        "name" => (json!({"type": "string", "minLength": 1}), "The picture's name."),
        _ => (json!({"type": "string", "format": "uuid"}), "The id. What is no UUID is not found."),
    };
    described(json!({"name": name, "in": "path", "required": true, "schema": schema}), about)
}
