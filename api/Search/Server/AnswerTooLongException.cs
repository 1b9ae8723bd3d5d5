namespace Surveillance.Api.Search.Server;

/// <summary>The server's answer is longer than we take; asking for less at once would help.</summary>
internal sealed class AnswerTooLongException : Exception
{
    public AnswerTooLongException()
    {
    }

    public AnswerTooLongException(string message)
        : base(message)
    {
    }

    public AnswerTooLongException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
