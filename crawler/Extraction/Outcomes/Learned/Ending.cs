namespace Surveillance.Crawler.Extraction.Outcomes.Learned;

/// <summary>What a page without a matter is told to be. A damaged body is known by its bytes and is not among them.</summary>
internal enum Ending
{
    /// <summary>What was asked for, however little it says.</summary>
    Ok,
    Captcha,
    Login,
    Denied,
    Interstitial,
    Gone,
    Empty,
}
