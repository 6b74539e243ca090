"""Names that are hard on formatting: wraps and the order of imports depend on their length and first letter."""

NAMES = {
    "shortest": {"package_name": "ab"},
    "longest": {"package_name": "abcdefghij_klmnopqrst_uvwxyzabcd_efghijk"[:40]},
    "first": {"package_name": "aa"},
    "last": {"package_name": "zz9"},
    "apostrophe and emoji": {"project_name": "O'Hara's 🌽 Shop", "description": "It's 🌽."},
    "CJK": {"project_name": "日本の市場", "package_name": "nihon", "author_name": "山田太郎"},
}
