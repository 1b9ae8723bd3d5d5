using System.Collections.Concurrent;

namespace Surveillance.DemoMarket.Barriers;

/// <summary>How often each path was asked for, <c>/control</c> left out. Thread safe.</summary>
public sealed class RequestCount
{
    private readonly ConcurrentDictionary<string, int> _byPath = new(StringComparer.Ordinal);

    /// <summary>As of now, keyed by path without query.</summary>
    public IReadOnlyDictionary<string, int> ByPath() =>
        _byPath.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary(entry => entry.Key, entry => entry.Value);

    internal async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/control", StringComparison.Ordinal))
        {
            _byPath.AddOrUpdate(context.Request.Path.Value ?? "/", 1, (_, count) => count + 1);
        }
        await next(context);
    }
}
