using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Pictures;

namespace Surveillance.Api.Pictures;

/// <summary>Looks at the pictures that lie beside an imported file: sealed first, like the file itself.</summary>
public sealed class ImportedPictures(PictureStore store, ImportedFiles evidence)
{
    private const int MostBytes = Classifier.Vision.PictureReader.MostBytes;

    /// <summary>All that filing noted for a source.</summary>
    /// <param name="folder">Where the imported file lies. Nothing outside it is opened, whatever its listings name.</param>
    /// <exception cref="EvidenceException">A picture could not be sealed.</exception>
    internal async Task LookAsync(string sourceId, string folder, CancellationToken cancellationToken)
    {
        foreach (var picture in store.Noted(sourceId))
        {
            var unseen = new PictureRecord(picture, sourceId, RunId: null, PictureState.Failed, Reason: null, Capture: null, Print: null) { Asked = false };
            await store.CommitAsync(await LookAsync(unseen, folder, cancellationToken), cancellationToken);
        }
    }

    private async Task<PictureRecord> LookAsync(PictureRecord unseen, string folder, CancellationToken cancellationToken)
    {
        if (PathOf(folder, unseen.Picture.Url) is not { } path)
        {
            return unseen with { State = PictureState.Declined, Reason = "图片不在导入文件所在的文件夹内" };
        }

        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > MostBytes)
            {
                return unseen with { State = PictureState.Unreadable, Reason = "图片文件过大" };
            }

            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken);
            var seen = PictureLook.Of(unseen, bytes);

            // A path may name any file beside the feed; only pictures are taken into evidence.
            return seen.State == PictureState.Unreadable ? seen : seen with { Capture = await evidence.SealAsync(bytes, new Uri(path).AbsoluteUri, contentType: null, cancellationToken) };
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return unseen with { State = PictureState.Failed, Reason = "没有这个图片文件" };
        }
        catch (Exception error) when (error is (IOException or UnauthorizedAccessException) and not EvidenceException)
        {
            return unseen with { State = PictureState.Failed, Reason = "图片文件无法读取" };
        }
    }

    /// <returns>Null where the name leads out of the folder, also by a link.</returns>
    private static string? PathOf(string folder, string name)
    {
        var inside = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        if (name.Contains('\0', StringComparison.Ordinal) || Path.GetFullPath(name, inside) is not { } path || !path.StartsWith(inside, StringComparison.Ordinal))
        {
            return null;
        }

        for (var part = path; part.Length > inside.Length; part = Path.GetDirectoryName(part)!)
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                return null;
            }
        }

        return path;
    }
}
