using Dapper;

namespace Surveillance.Api.Storage;

/// <summary>What a record store is called, given at random when it was made; a copy of its file has the same.</summary>
/// <param name="Value">32 lower-case hexadecimal digits.</param>
public sealed record StoreId(string Value)
{
    public static StoreId Of(Database database)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var connection = database.Open();
        return new StoreId(connection.QuerySingle<string>("SELECT id FROM store"));
    }

    public override string ToString() => Value;
}
