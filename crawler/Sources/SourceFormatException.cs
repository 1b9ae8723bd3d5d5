namespace Surveillance.Crawler.Sources;

/// <summary>A key of a source file is wrong; the message is one Chinese sentence that names it. Caught once a file, by the catalogue.</summary>
internal sealed class SourceFormatException(string message) : Exception(message);
