using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Surveillance.Api.Leads;

/// <summary>A query record as the query part of an address: its members stand there under the names that the API binds them by, in the order they are declared.</summary>
/// <typeparam name="T">All its members are <see cref="string"/> or, where they may come several times, <c>string[]</c>.</typeparam>
internal static class AddressQuery<T>
    where T : class, new()
{
    private static readonly (string Name, PropertyInfo Member)[] Members =
    [
        .. typeof(T).GetProperties().OrderBy(member => member.MetadataToken)
            .Select(member => (member.GetCustomAttribute<FromQueryAttribute>()!.Name!, member)),
    ];

    /// <summary>Reads the query part of an address, as pages do; a name that is unknown is left out, and of a name that may come once the last counts.</summary>
    public static T Of(string queryString)
    {
        var given = QueryHelpers.ParseQuery(queryString);
        var query = new T();
        foreach (var (name, member) in Members)
        {
            if (given.TryGetValue(name, out var values))
            {
                member.SetValue(query, member.PropertyType == typeof(string) ? values.LastOrDefault() : values.OfType<string>().ToArray());
            }
        }

        return query;
    }

    /// <summary>The query part of an address, with its question mark, in a fixed order; empty where nothing is asked.</summary>
    public static string Text(T query)
    {
        var pairs = Members.SelectMany(one => ValuesOf(one.Member.GetValue(query)).Select(value => KeyValuePair.Create<string, string?>(one.Name, value)));
        return QueryString.Create(pairs.Where(pair => pair.Value is not "")).Value ?? "";
    }

    /// <summary>The first name in a request that no parameter has, as one sentence; a mistyped filter must not pass for "all".</summary>
    public static string? UnknownNameProblem(IEnumerable<string> names) =>
        names.FirstOrDefault(name => !Members.Any(one => one.Name == name)) is { } unknown
            ? $"没有名为 {Wording.Visible(Wording.Beginning(unknown, 40))} 的查询参数，可用的有：{string.Join('、', Members.Select(one => one.Name))}。"
            : null;

    private static string[] ValuesOf(object? value) => value is string one ? [one] : value as string[] ?? [];
}
