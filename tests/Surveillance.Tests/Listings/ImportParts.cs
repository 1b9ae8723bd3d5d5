using Microsoft.Extensions.Logging.Abstractions;
using Surveillance.Api.Listings;
using Surveillance.Api.Pictures;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Archives;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Listings;

/// <summary>An import with real records and evidence.</summary>
internal static class ImportParts
{
    public static ListingImport Import(Database database, EvidenceStore evidence, TimeProvider time)
    {
        var listings = new ListingStore(Some.Classifier, time);
        var files = new ImportedFiles(evidence, time);
        var pages = new ArchivedPages(evidence, PageReader.CreateDefault(), Some.Classifier, NullLogger<ArchivedPages>.Instance);
        return new ListingImport(
            new ImportFiling(database, listings, Some.Classifier), files, PageReader.CreateDefault(), time, new ArchiveImport(database, listings, pages, files), new ImportedPictures(new PictureStore(database, time), files));
    }
}
