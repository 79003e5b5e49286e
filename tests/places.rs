//! The place lists that ship with Baoku can be read, and no name in them stands for two towns.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::model::PlaceList;
use std::collections::BTreeMap;

fn shipped(name: &str) -> PlaceList {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|err| panic!("{}: {err}", path.display()));
    toml::from_str(&text).unwrap_or_else(|err| panic!("{}: {err}", path.display()))
}

#[track_caller]
fn check_names(list: &PlaceList) {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for town in &list.towns {
        for name in [&town.name].into_iter().chain(&town.aliases).chain(&town.zones).chain(&town.villages) {
            assert!(name.chars().count() >= 2 && !name.contains(char::is_whitespace), "{name:?} is not a place name");
            let owner = owners.insert(name, &town.name);
            assert!(owner.is_none(), "{name} stands in {} and in {}", owner.unwrap_or_default(), town.name);
        }
        for village in &town.villages {
            assert!(village.ends_with('村') || village.ends_with("社区"), "{village} is neither 村 nor 社区");
        }
    }
}

#[test]
fn pinghu_has_its_nine_towns_with_their_zones() {
    let list = shipped("places/pinghu.toml");
    check_names(&list);
    let names: Vec<_> = list.towns.iter().map(|town| town.name.as_str()).collect();
    assert_eq!(
        names,
        ["当湖街道", "钟埭街道", "曹桥街道", "乍浦镇", "新埭镇", "新仓镇", "独山港镇", "广陈镇", "林埭镇"]
    );
    let town_of_zone = |zone: &str| list.towns.iter().find(|t| t.zones.iter().any(|z| z == zone)).map(|t| &*t.name);
    assert_eq!(town_of_zone("平湖经济技术开发区"), Some("钟埭街道"));
    assert_eq!(town_of_zone("农开区"), Some("广陈镇"));
    assert_eq!(town_of_zone("独山港经济开发区"), Some("独山港镇"));
    assert_eq!(town_of_zone("张江长三角科技城"), Some("新埭镇"));
    assert_eq!(town_of_zone("九龙山旅游度假区"), Some("乍浦镇"));
}

#[test]
fn the_sample_county_names_its_newspaper() {
    let list = shipped("samples/places.toml");
    check_names(&list);
    assert!(list.newspaper.is_some() && list.city.is_some() && list.towns.len() >= 4);
}
