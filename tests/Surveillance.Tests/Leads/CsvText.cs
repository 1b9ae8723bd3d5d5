using System.Text;

namespace Surveillance.Tests.Leads;

/// <summary>Reads CSV by RFC 4180 without the library that wrote it.</summary>
internal static class CsvText
{
    /// <param name="bytes">UTF-8, with or without a byte order mark.</param>
    public static IReadOnlyList<string[]> Rows(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        var text = reader.ReadToEnd();
        List<string[]> rows = [];
        List<string> row = [];
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"' when quoted && at + 1 < text.Length && text[at + 1] == '"':
                    cell.Append('"');
                    at++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\n' when !quoted:
                    rows.Add([.. row, cell.ToString().TrimEnd('\r')]);
                    row.Clear();
                    cell.Clear();
                    break;
                default:
                    cell.Append(text[at]);
                    break;
            }
        }

        return rows;
    }
}
