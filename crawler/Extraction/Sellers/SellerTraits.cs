using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>What speaks for or against a text of a card naming its seller.</summary>
/// <remarks>The low bits are what the element that holds it calls itself, the next what the small element around it does: <see cref="ClassMeanings"/>, twice.</remarks>
[Flags]
internal enum SellerTraits : ulong
{
    None = 0,

    /// <summary>It ends as names of companies and shops do, or speaks of a person.</summary>
    NameLike = 1UL << 38,

    /// <summary>A time, a place, a count, a state.</summary>
    Fact = 1UL << 39,

    /// <summary>It is what shops and schools are called.</summary>
    ShopName = 1UL << 40,

    /// <summary>It stands in a link to a shop or a member.</summary>
    Linked = 1UL << 41,

    /// <summary>It stands in a link that does not lead from the title.</summary>
    InLink = 1UL << 42,

    /// <summary>A picture stands before it, or leads where it does.</summary>
    Portrait = 1UL << 43,

    /// <summary>Times, places or counts stand beside it.</summary>
    AmongFacts = 1UL << 44,

    /// <summary>The head of its table's column speaks of a seller.</summary>
    Headed = 1UL << 45,

    /// <summary>It stands after the title.</summary>
    AfterTitle = 1UL << 46,

    /// <summary>It is text between other elements, with no element of its own.</summary>
    Loose = 1UL << 47,

    /// <summary>It is an attribute's value.</summary>
    Attribute = 1UL << 48,

    /// <summary>The attribute is called after a seller.</summary>
    SellerAttribute = 1UL << 49,

    /// <summary>A label before it speaks of who sells: 商家：.</summary>
    SellerLabel = 1UL << 50,

    /// <summary>A label before it speaks of who wrote: 作者：. What has a price is not sold by its author.</summary>
    AuthorLabel = 1UL << 51,

    /// <summary>A label before it speaks of something else: 类别：.</summary>
    OtherLabel = 1UL << 52,

    /// <summary>At most three characters.</summary>
    Short = 1UL << 53,

    /// <summary>Four to eight characters.</summary>
    Middle = 1UL << 54,

    /// <summary>Nine to sixteen characters.</summary>
    Long = 1UL << 55,

    /// <summary>Other text runs on before or behind it: a word of a sentence.</summary>
    InLine = 1UL << 56,

    /// <summary>It says what the title says.</summary>
    IsTitle = 1UL << 57,

    /// <summary>The title says it among other things.</summary>
    InTitle = 1UL << 58,

    /// <summary>It is one of two or more of its kind, as tags and links below an ad are.</summary>
    OfSeveral = 1UL << 59,

    /// <summary>It is one of three or more.</summary>
    OfMany = 1UL << 60,

    /// <summary>Of all that its card calls a seller it is the likeliest by its names alone.</summary>
    CalledSo = 1UL << 61,

    /// <summary>It ends as housing estates and buildings do.</summary>
    Estate = 1UL << 62,

    /// <summary>A label before it says that it is an account: 微信号：.</summary>
    AccountLabel = 1UL << 63,
}
