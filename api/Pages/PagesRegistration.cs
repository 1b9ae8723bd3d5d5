using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using Radzen;
using Surveillance.Api.Accounts;
using Surveillance.Api.Leads;
using Surveillance.Api.Operators;
using Surveillance.Api.Pictures;
using Surveillance.Api.Search;
using Surveillance.Api.Sources;
using Surveillance.Api.Takedowns;

namespace Surveillance.Api.Pages;

/// <summary>Registers and maps the web pages and the HTTP API.</summary>
public static class PagesRegistration
{
    /// <summary>
    /// Needs a <c>Database</c>, an <c>EvidenceStore</c> and what <c>AddSearch</c> registers. An <see cref="AccessOptions"/> (whether a token is asked for), a <see cref="SourceRoster"/> (what the source
    /// page shows), a <see cref="ModelSwitch"/> and a <see cref="TimeProvider"/> that are registered before or after take the place of the defaults.
    /// </summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new AccessOptions(Token: null));
        services.TryAddSingleton(SourceRoster.None);
        services.TryAddSingleton(new ModelSwitch(IsOff: false));
        services.AddSingleton<LeadStore>();
        services.AddSingleton<OperatorStore>();
        services.AddSingleton<LeadPictures>();
        services.AddSingleton<SourceBoard>();
        // Keys that die with the process: what they protect does not outlive a page either, and none lies on the disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddScoped<DecisionDesk>();
        services.AddOpenApi("v1", ApiDocument.Describe);
        services.ConfigureHttpJsonOptions(ApiDocument.UseContractNames);
        services.AddProblemDetails(ApiDocument.SpeakChinese);
        return services;
    }

    /// <summary>The gate first, so that no route, page, file or socket lies outside of it.</summary>
    public static WebApplication MapPages(this WebApplication app)
    {
        LocateAssets(app);
        app.Use(SecurityHeaders.AddAsync);
        app.UseMiddleware<TokenGate>();
        app.UseRequestLocalization("zh-CN");
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        // Nearer to the endpoints than the pages' handlers, so that programs get problem details where people get a page.
        app.UseWhen(ApiDocument.IsApi, api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapOpenApi();
        app.MapLeads();
        app.MapOperators();
        app.MapPictures();
        app.MapTakedowns();
        app.MapSearch();
        app.MapGet("/", ToLeads).ExcludeFromDescription();
        // The policy of SecurityHeaders already names the ancestors; a second header would only repeat it more loosely.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    /// <summary>
    /// Pages' scripts and styles lie beside the program, wherever it is started from: listed in its manifest after a build, in its own
    /// wwwroot after publishing. The host by itself looks below the working directory, and reads the manifest while developing only.
    /// </summary>
    private static void LocateAssets(WebApplication app)
    {
        var published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (Directory.Exists(published))
        {
            app.Environment.WebRootPath = published;
            app.Environment.WebRootFileProvider = new PhysicalFileProvider(published);
        }

        StaticWebAssetsLoader.UseStaticWebAssets(app.Environment, app.Configuration);
    }

    private static RedirectHttpResult ToLeads() => TypedResults.Redirect("/leads");
}
