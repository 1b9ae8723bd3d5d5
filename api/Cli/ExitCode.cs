namespace Surveillance.Api.Cli;

/// <summary>How a command ended, as its caller sees it. DESIGN section 5.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A bug.</summary>
    public const int Bug = 1;

    /// <summary>Bad input or usage; nothing was changed.</summary>
    public const int BadInput = 2;

    /// <summary>The store or a server can't be used.</summary>
    public const int Unusable = 3;

    /// <summary>Finished, but some items failed; each was named.</summary>
    public const int SomeFailed = 4;

    public const int Interrupted = 130;
}
