using Surveillance.Api.Pages;
using Surveillance.Api.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(new Database(builder.Configuration["store"] ?? "var/surveil.db"));
builder.Services.AddPages();
await builder.Build().MapPages().RunAsync();
