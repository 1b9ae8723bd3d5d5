namespace Surveillance.Crawler.Fetching;

/// <summary>How one attempt to fetch a page ended. Failing to fetch is an answer, not an exception.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome()
    {
    }

    /// <summary>The server answered. Any status counts: a 404 is evidence too.</summary>
    /// <param name="Body">Transfer and content encodings undone; as received where undoing them failed. For a browser, the page after rendering, in UTF-8.</param>
    /// <param name="FinalUrl">After redirects.</param>
    /// <param name="ContentType">As the server said it; null when it said nothing.</param>
    /// <param name="Headers">As received, <c>Content-Encoding</c> among them, one <c>Name: value</c> a line.</param>
    /// <param name="Redirects">Addresses that pointed onwards, in order, the first one being the one asked for; empty without redirects.</param>
    /// <param name="At">UTC, when the last byte had come.</param>
    public sealed record Fetched(
        int Status,
        ReadOnlyMemory<byte> Body,
        Uri FinalUrl,
        string? ContentType,
        string Headers,
        IReadOnlyList<Uri> Redirects,
        DateTimeOffset At) : FetchOutcome
    {
        /// <summary>How long the server asks to be left alone, null where it does not.</summary>
        public TimeSpan? RetryAfter { get; init; }

        /// <summary>What a rendered page's own requests for data were answered, within bounds; empty for others.</summary>
        public IReadOnlyList<FetchedPart> Parts { get; init; } = [];
    }

    /// <summary>We chose not to ask: out of scope, a private address, or robots.txt says no.</summary>
    /// <param name="Reason">One short Chinese phrase.</param>
    public sealed record Declined(string Reason) : FetchOutcome;

    /// <summary>Not asked now: the host is being left alone.</summary>
    /// <param name="Reason">One short Chinese phrase.</param>
    /// <param name="Wait">Until it may be asked again.</param>
    public sealed record Postponed(string Reason, TimeSpan Wait) : FetchOutcome;

    /// <summary>No answer worth keeping.</summary>
    public sealed record Failed(FetchError Error, TimeSpan? RetryAfter = null) : FetchOutcome;
}

/// <summary>One answer to a request that a rendered page made for data.</summary>
/// <param name="ContentType">As the server said it; null when it said nothing.</param>
public sealed record FetchedPart(Uri Url, int Status, string? ContentType, ReadOnlyMemory<byte> Body);

/// <summary>Why no answer came.</summary>
/// <param name="Reason">One short Chinese phrase.</param>
public sealed record FetchError(FetchErrorKind Kind, string Reason)
{
    /// <summary>True where asking again later may help.</summary>
    public bool Passing => Kind is FetchErrorKind.Network or FetchErrorKind.TimedOut or FetchErrorKind.Browser;
}

/// <summary>Causes by consequence: the first three may pass, the others will not.</summary>
public enum FetchErrorKind
{
    /// <summary>Name not found, connection refused or cut.</summary>
    Network,

    TimedOut,

    /// <summary>The browser or its page crashed.</summary>
    Browser,

    /// <summary>Certificate or handshake refused.</summary>
    Tls,

    /// <summary>Body, decoded body or headers larger than allowed.</summary>
    TooLarge,

    TooManyRedirects,

    /// <summary>No Chromium on this machine.</summary>
    BrowserMissing,

    /// <summary>The address answers with something that is no page, e.g. a download.</summary>
    NoPage,
}
