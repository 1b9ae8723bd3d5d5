namespace Surveillance.Crawler.Evidence;

/// <summary>Evidence could not be kept, is missing or is no longer what was sealed. Never handled by going on without it.</summary>
public sealed class EvidenceException : Exception
{
    public EvidenceException()
    {
    }

    public EvidenceException(string message)
        : base(message)
    {
    }

    public EvidenceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
