"""Letters of a page are put right."""


def test_ligatures_soft_hyphens_and_spread_letters_are_put_right(project) -> None:
    text = "Det ﬁnnes en ﬂott løsning for pasi\u00ad\nentene, sier S a m h a n d l i n g  i  p r a k s i s til alle.\n"
    project.put("a.txt", text, session="dok", kind="dokument")
    assert (
        project.notes()[0].text
        == "Det finnes en flott løsning for pasientene, sier Samhandling i praksis til alle."
    )
