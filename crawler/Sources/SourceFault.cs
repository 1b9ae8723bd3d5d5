namespace Surveillance.Crawler.Sources;

/// <summary>A source file that is wrong. Its source does not run; the others do.</summary>
/// <param name="File">The file's path as it was read.</param>
/// <param name="Id">The source's id, which is the file's name.</param>
/// <param name="Reason">One sentence in Chinese that names the key.</param>
public sealed record SourceFault(string File, string Id, string Reason);
