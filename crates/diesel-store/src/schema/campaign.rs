//! Campaigns and their pictures.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    campaigns (slug) {
        slug -> Text,
        position -> BigInt,
        title_kk -> Text,
        title_ru -> Text,
        title_en -> Text,
        text_kk -> Text,
        text_ru -> Text,
        text_en -> Text,
        picture_kk -> Nullable<Text>,
        picture_ru -> Nullable<Text>,
        picture_en -> Nullable<Text>,
        alt_kk -> Nullable<Text>,
        alt_ru -> Nullable<Text>,
        alt_en -> Nullable<Text>,
        price_per_tree -> BigInt,
        goal -> Nullable<BigInt>,
        presets -> DbJson,
        starts_at -> Nullable<DbTimestamp>,
        ends_at -> Nullable<DbTimestamp>,
        version -> BigInt,
        draft -> Bool,
        donated_under -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::*;

    campaign_pictures (campaign, name) {
        campaign -> Text,
        name -> Text,
        kind -> Text,
        bytes -> Binary,
    }
}
