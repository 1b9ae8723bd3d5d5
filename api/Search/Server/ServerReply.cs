namespace Surveillance.Api.Search.Server;

/// <summary>How one attempt to ask the server ended.</summary>
internal abstract record ServerReply
{
    private ServerReply()
    {
    }

    /// <summary>It answered, with whatever status. The receiver disposes of the answer.</summary>
    /// <param name="Product">The header that Elasticsearch names itself in.</param>
    public sealed record Answered(ServerAnswer Answer, string? Product, TimeSpan? RetryAfter) : ServerReply;

    /// <summary>The answer is longer than we take; asking for less would help.</summary>
    public sealed record TooLong : ServerReply;

    /// <summary>No connection, no answer in time, or one that broke off; asking again later may help.</summary>
    public sealed record Failed(string Reason) : ServerReply;
}
