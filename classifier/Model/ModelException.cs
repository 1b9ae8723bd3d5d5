namespace Surveillance.Classifier.Model;

/// <summary>A model can't be used; the message is one sentence that names the file and says why.</summary>
public sealed class ModelException : Exception
{
    public ModelException()
    {
    }

    public ModelException(string message)
        : base(message)
    {
    }

    public ModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
