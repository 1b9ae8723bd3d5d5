using System.Net;
using System.Text;

namespace Surveillance.Api.Evaluation;

/// <summary>A table of a report, every cell encoded.</summary>
internal sealed class HtmlTable(string caption, params string[] headings)
{
    private readonly StringBuilder _rows = new();

    public HtmlTable Row(params string?[] cells)
    {
        _rows.Append("<tr>");
        foreach (var cell in cells)
        {
            _rows.Append("<td>").Append(WebUtility.HtmlEncode(cell ?? "—")).Append("</td>");
        }

        _rows.Append("</tr>\n");
        return this;
    }

    public HtmlTable Rows<T>(IEnumerable<T> of, Func<T, string?[]> cells)
    {
        foreach (var row in of)
        {
            Row(cells(row));
        }

        return this;
    }

    public override string ToString() =>
        $"<h2>{WebUtility.HtmlEncode(caption)}</h2>\n<table><thead><tr>"
        + string.Concat(headings.Select(heading => $"<th scope=\"col\">{WebUtility.HtmlEncode(heading)}</th>"))
        + $"</tr></thead><tbody>\n{_rows}</tbody></table>\n";
}
