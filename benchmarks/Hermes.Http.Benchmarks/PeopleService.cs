using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hermes.Http.Benchmarks;

/// <summary>A web service that hands out people, page by page, made once.</summary>
internal sealed class PeopleService : IAsyncDisposable
{
    public const int Count = 100_000;
    private const int PageSize = 1000;

    private readonly WebApplication _application;

    private PeopleService(WebApplication application) => _application = application;

    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<PeopleService> StartAsync()
    {
        byte[][] pages = [.. Enumerable.Range(0, Count / PageSize).Select(page => Page(page * PageSize, PageSize)), Page(Count, 0)];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(async context =>
        {
            var offset = int.Parse(context.Request.Query["offset"].ToString(), CultureInfo.InvariantCulture);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(pages[offset / PageSize]);
        });
        await application.StartAsync();
        return new PeopleService(application);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private static byte[] Page(int first, int count)
    {
        var people = Enumerable.Range(first, count).Select(id => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""
            {"id":{{{id}}},"name":{"family":"Family {{{id}}}","given":"Given {{{id}}}"},"mail":"p{{{id}}}@campus.example","active":{{{(id % 7 == 0 ? "false" : "true")}}},"x":null}
            """));
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"total":{{Count}},"items":[{{string.Join(',', people)}}]}"""));
    }
}
