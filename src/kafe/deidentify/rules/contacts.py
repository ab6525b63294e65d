"""Addresses on the net: e-mail, profiles, user names."""

from kafe.deidentify.rules.form import regex

EMAIL = regex(
    r"""(?<![\w.+-]) [\w.+'-]+ (?: @ | \s?[\[(]\s?(?:at|alfa|alfakrøll|krøllalfa)\s?[\])]\s? )
    [\w-]+ (?: (?:\.|\s?[\[(]\s?(?:dot|punktum)\s?[\])]\s?) [\w-]+ )+"""
)
PROFILE_URL = regex(
    r"""(?<![\w-]) (?:https?://)? (?:[\w-]{1,63}\.){0,2}
    (?: (?:facebook|instagram|tiktok|twitter|x|github|youtube|threads|bsky|pinterest)\.(?:com|net|app)/
        (?!groups/|events/|watch|hashtag/|explore/|search|reel/|p/) (?:profile\.php\?id=|profile/|people/|in/|@|c/|user/)?
      | linkedin\.com/(?:in|pub)/ | snapchat\.com/(?:add|u)/ | (?:t|wa)\.me/ | m\.me/ )
    [\w.%-]{2,} [^\s,;)\]>«»"]*"""
)
OTHER_PROFILE_URL = regex(
    r"""https?://[^\s/]+/ [^\s,;)\]>«»"]* (?:~|/@|/(?:users?|profil|profile|people)/) [^\s,;)\]>«»"]+"""
)
HANDLE = regex(r"(?<![\w@./,-]) @ [^\W\d][\w.]* \w")
NAMED_HANDLE = regex(
    r"""\b(?:snap(?:chat|en)?|insta(?:gram)?(?:en)?|tiktok|discord|brukernavn(?:et)?|brukarnamn(?:et)?|skype)
    (?:\s(?:er|min|mi))* \s*[:=]\s* (?P<mask>[\w.@-]*\w)"""
)
