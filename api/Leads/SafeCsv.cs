using CsvHelper;

namespace Surveillance.Api.Leads;

/// <summary>CSV that spreadsheets open as it is meant: UTF-8 with a byte order mark, CRLF, and no cell that is a formula.</summary>
internal static class SafeCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { WriteByteOrderMark = true };

    /// <summary>Writes a header and then the rows as they come, so that memory does not grow with them.</summary>
    public static async Task WriteAsync(
        Stream output,
        IReadOnlyList<string> header,
        IAsyncEnumerable<IReadOnlyList<string>> rows,
        CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        await csv.WriteRecordAsync([.. header.Select(Cell)], cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await csv.WriteRecordAsync([.. row.Select(Cell)], cancellationToken);
        }
    }

    /// <summary>
    /// The text as a cell, led by an apostrophe where a spreadsheet would take it for a formula. CsvHelper's own guard knows ASCII alone;
    /// Chinese spreadsheets read ＝ in full width as well.
    /// </summary>
    public static string Cell(string? text)
    {
        var cell = text?.Replace("\0", "", StringComparison.Ordinal) ?? "";
        return cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + cell : cell;
    }
}
