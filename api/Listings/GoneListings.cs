using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Listings;

/// <summary>Keeps that a listing's own page was found gone; it counts until the listing is seen again.</summary>
internal static class GoneListings
{
    /// <param name="page">The canonical address that was asked for.</param>
    public static void Mark(SqliteConnection connection, SqliteTransaction transaction, string page, DateTimeOffset at)
    {
        var gone = connection.Query<string>(
            "UPDATE listing SET gone_at = @at WHERE page = @page RETURNING id", new { page, at = StoredTime.Of(at) }, transaction).AsList();
        gone.ForEach(id => OperatorGrouping.Note(connection, transaction, id));
    }
}
