//! Who did what. There is no query here that changes or takes away an entry.

use diesel::prelude::*;
use domain::audit::AuditEntry;
use domain::ports::AuditQuery;

use super::{Conn, Db, read, write};
use crate::error::QueryError;
use crate::rows::AuditRow;
use crate::schema::audit_entries;
use crate::types::{At, Id};

pub(crate) fn append(conn: &mut Conn, entry: &AuditEntry) -> Result<(), QueryError> {
    write(conn, |conn| {
        diesel::insert_into(audit_entries::table).values(AuditRow::of(entry)).execute(conn)?;
        Ok(())
    })
}

pub(super) fn page(query: &AuditQuery) -> audit_entries::BoxedQuery<'static, Db, diesel::dsl::SqlTypeOf<AsSelected>> {
    let mut rows = audit_entries::table
        .order((audit_entries::at.desc(), audit_entries::id.desc()))
        .limit(query.limit.into())
        .select(AuditRow::as_select())
        .into_boxed::<Db>();
    if let Some(account) = query.account {
        rows = rows.filter(audit_entries::account_id.eq(Id(account.0)));
    }
    if let Some(action) = query.action {
        rows = rows.filter(audit_entries::action.eq(action.word()));
    }
    if let Some(from) = query.from {
        rows = rows.filter(audit_entries::at.ge(At(from)));
    }
    if let Some(to) = query.to {
        rows = rows.filter(audit_entries::at.lt(At(to)));
    }
    if let Some((at, id)) = query.after {
        let (at, id) = (At(at), Id(id.0));
        let later = audit_entries::at.lt(at).or(audit_entries::id.lt(id));
        rows = rows.filter(audit_entries::at.le(at)).filter(later);
    }
    rows
}

type AsSelected = diesel::dsl::AsSelect<AuditRow, Db>;

pub(crate) fn list(conn: &mut Conn, query: &AuditQuery) -> Result<Vec<AuditEntry>, QueryError> {
    let rows: Vec<AuditRow> = read(conn, |conn| page(query).load(conn))?;
    rows.into_iter().map(AuditRow::into_entry).collect()
}

#[cfg(test)]
mod tests {
    use domain::AccountId;
    use domain::audit::AuditAction;

    use super::super::super::plan_of;
    use super::*;

    /// Without sorting: it stops after as many as are wanted.
    #[tokio::test]
    async fn every_list_comes_from_an_index_in_its_order() {
        let all = AuditQuery { account: None, action: None, from: None, to: None, after: None, limit: 20 };
        let account = AuditQuery { account: Some(AccountId(uuid::Uuid::nil())), ..all };
        let action = AuditQuery { action: Some(AuditAction::Refund), ..all };
        for (query, index) in [(all, "by_age"), (account, "by_account"), (action, "by_action")] {
            let plan = plan_of(page(&query)).await;
            assert!(plan.contains(&format!("audit_entries_{index}")), "{plan}");
            assert!(!plan.to_uppercase().contains("SORT") && !plan.contains("TEMP B-TREE FOR ORDER BY"), "{plan}");
        }
    }
}
