using Microsoft.Data.Sqlite;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

public sealed class LeadStore
{
    internal static void RecordAssessment(SqliteConnection connection, SqliteTransaction transaction, string listingId, Decision decision, IReadOnlyList<string> types, bool listingChanged, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(connection);
    }
}
