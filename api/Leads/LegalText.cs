using System.Globalization;
using System.Text;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

/// <summary>Legal bases as Chinese documents cite them: 《中华人民共和国广告法》第二十四条第一款第一项.</summary>
internal static class LegalText
{
    private const string Digits = "零一二三四五六七八九";

    public static string Of(CitedBasis basis) => $"《{basis.Law}》{Place(basis.Article, basis.Paragraph, basis.Item)}";

    /// <summary>Where the consequence is laid down; null where the basis names none.</summary>
    public static string? PenaltyOf(CitedBasis basis) =>
        basis.Penalty is { } penalty ? $"《{penalty.Law ?? basis.Law}》{Place(penalty.Article, penalty.Paragraph, penalty.Item)}" : null;

    /// <summary>With what is not verified marked, so that a document never cites more than was loaded.</summary>
    public static string WithStatus(CitedBasis basis) => IsVerified(basis) ? Of(basis) : $"{Of(basis)}（待核）";

    public static bool IsVerified(CitedBasis basis) => basis.Status == "verified";

    private static string Place(string? article, int? paragraph, int? item)
    {
        var place = new StringBuilder();
        if (article is not null)
        {
            var parts = article.Split('之', 2);
            var number = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var plain) ? Numeral(plain) : parts[0];
            place.Append('第').Append(number).Append('条').Append(parts.Length > 1 ? $"之{parts[1]}" : "");
        }

        place.Append(paragraph is { } counted ? $"第{Numeral(counted)}款" : "");
        return place.Append(item is { } listed ? $"第{Numeral(listed)}项" : "").ToString();
    }

    /// <param name="number">1 to 9999; others stand in digits.</param>
    internal static string Numeral(int number)
    {
        if (number is < 1 or > 9999)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        var text = new StringBuilder();
        var gap = false;
        foreach (var (unit, name) in new[] { (1000, "千"), (100, "百"), (10, "十"), (1, "") })
        {
            var digit = number / unit % 10;
            if (digit == 0)
            {
                gap = text.Length > 0;
                continue;
            }

            text.Append(gap ? "零" : "");
            gap = false;
            // Ten to nineteen are said without the leading one.
            text.Append(unit == 10 && digit == 1 && text.Length == 0 ? "" : Digits[digit].ToString()).Append(name);
        }

        return text.ToString();
    }
}
