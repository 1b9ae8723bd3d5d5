namespace Surveillance.Classifier.Rules;

/// <summary>What is known of a listing besides its words. Written in kebab case.</summary>
internal enum Fact
{
    /// <summary>A phone number, account or link is found in the text or stated by the page.</summary>
    HasContact,

    HasPrice,

    /// <summary>A price of 150 or more: books, question banks and covers seldom reach it, services do.</summary>
    ServicePrice,

    /// <summary>On a platform of <c>data/platforms</c>, by its name or the host of its address.</summary>
    OnMarketplace,

    /// <summary>The address or the publisher is of a state organ (<c>.gov.cn</c>, <c>.政务</c>).</summary>
    OfficialHost,

    /// <summary>There is an address, and it is not of a state organ.</summary>
    UnofficialHost,

    /// <summary>An unofficial address made to look like one of a state organ, e.g. <c>gov-cn</c> or <c>mem-gov</c> as part of it.</summary>
    LookalikeHost,

    /// <summary>The text names an address that is not of a state organ.</summary>
    UnofficialLink,

    IsListing,
    IsAd,
    IsPage,
}
