namespace Surveillance.Classifier;

/// <summary>A rule, law, lexicon or platform file is wrong; the message is one sentence that names the file and the rule.</summary>
public sealed class RuleSetException : Exception
{
    public RuleSetException()
    {
    }

    public RuleSetException(string message)
        : base(message)
    {
    }

    public RuleSetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
