using Microsoft.Data.Sqlite;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Listings;

/// <summary>Keeps that a listing's own page was found gone; it counts until the listing is seen again.</summary>
internal static class GoneListings
{
    /// <param name="page">The canonical address that was asked for.</param>
    public static void Mark(SqliteConnection connection, string page, DateTimeOffset at)
    {
        var gone = Prepared.Query(connection, "UPDATE listing SET gone_at = ?2 WHERE page = ?1 RETURNING id", row => row.Text(0)!, page, StoredTime.Of(at));
        gone.ForEach(id => OperatorGrouping.Note(connection, id));
    }
}
