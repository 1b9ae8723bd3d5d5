using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Feeding;

/// <summary>Makes leases over one record store.</summary>
public sealed class IndexLeases(Database database, TimeProvider time)
{
    /// <summary>To send what waits to the index, or to keep others from it.</summary>
    internal IndexLease Feed() => new(database, time, "feed");

    /// <summary>To build a new index.</summary>
    internal IndexLease Reindex() => new(database, time, "reindex");
}
