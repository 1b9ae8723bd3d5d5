namespace Surveillance.Api.Cli;

/// <summary>Bad input or usage; the message is one sentence saying what was expected. Exit code 2.</summary>
public sealed class UsageException : Exception
{
    public UsageException()
    {
    }

    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
