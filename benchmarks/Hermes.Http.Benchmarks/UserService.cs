using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hermes.Http.Benchmarks;

/// <summary>A SCIM service in this process that takes users, and finds them by externalId and userName.</summary>
internal sealed class UserService : IAsyncDisposable
{
    public const int Count = 5_000;

    private static readonly byte[] Nothing = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}"""u8.ToArray();

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, bool> _names;

    private UserService(WebApplication application, ConcurrentDictionary<string, bool> names) => (_application, _names) = (application, names);

    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public int Users => _names.Count;

    public static async Task<UserService> StartAsync()
    {
        var names = new ConcurrentDictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(context => context.Request.Method == "POST" ? PostAsync(context, names) : GetAsync(context));
        await application.StartAsync();
        return new UserService(application, names);
    }

    public void Clear() => _names.Clear();

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private static async Task PostAsync(HttpContext context, ConcurrentDictionary<string, bool> names)
    {
        using var reader = new StreamReader(context.Request.Body);
        var user = JsonNode.Parse(await reader.ReadToEndAsync())!.AsObject();
        context.Response.StatusCode = names.TryAdd(user["userName"]!.GetValue<string>(), true) ? StatusCodes.Status201Created : StatusCodes.Status409Conflict;
        user["id"] = names.Count.ToString("x8", CultureInfo.InvariantCulture) + user["userName"]!.GetValue<string>();
        context.Response.ContentType = "application/scim+json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(user.ToJsonString()));
    }

    // The users of the benchmark are all new, so that none is found.
    private static async Task GetAsync(HttpContext context)
    {
        context.Response.ContentType = "application/scim+json";
        await context.Response.Body.WriteAsync(context.Request.Path == "/ServiceProviderConfig" ? JsonSerializer.SerializeToUtf8Bytes(new object()) : Nothing);
    }
}
