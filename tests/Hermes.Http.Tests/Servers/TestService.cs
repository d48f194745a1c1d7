using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Hermes.TestSupport.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hermes.Http.Tests.Servers;

/// <summary>A web service of a test, on a free port of this machine, that answers as the test says.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<HeardRequest> _requests = new();
    private int _count;

    private TestService(WebApplication application) => _application = application;

    /// <summary>Its address.</summary>
    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Its port.</summary>
    public int Port => new Uri(Address).Port;

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<HeardRequest> Requests => [.. _requests];

    /// <summary>Starts a service.</summary>
    /// <param name="answer">Answers a request, with its number from 1.</param>
    /// <param name="certificates">For TLS, with a certificate of the client; null for none.</param>
    public static async Task<TestService> StartAsync(Func<HttpContext, int, Task> answer, TestCertificates? certificates = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            {
                if (certificates is not null)
                {
                    listen.UseHttps(X509CertificateLoader.LoadPkcs12(
                        X509Certificate2.CreateFromPemFile(certificates.Certificate, certificates.Key).Export(X509ContentType.Pkcs12), null), https =>
                        {
                            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                            https.AllowAnyClientCertificate();
                        });
                }
            });
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        var application = builder.Build();
        var service = new TestService(application);
        application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var heard = new HeardRequest(
                context.Request.Method,
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await reader.ReadToEndAsync());
            context.Items[typeof(HeardRequest)] = heard;
            service._requests.Enqueue(heard);
            await answer(context, Interlocked.Increment(ref service._count));
        });
        await application.StartAsync();
        return service;
    }

    /// <summary>Starts a service that answers every request with this JSON.</summary>
    public static Task<TestService> StartAsync(string json) => StartAsync((context, _) => context.JsonAsync(json));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}

/// <summary>A request that a service got.</summary>
internal sealed record HeardRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

internal static class Answers
{
    /// <summary>The request that is being answered; several may be at the same time.</summary>
    public static HeardRequest Heard(this HttpContext context) => (HeardRequest)context.Items[typeof(HeardRequest)]!;

    public static Task JsonAsync(this HttpContext context, string json, int status = 200) => context.AnswerAsync("application/json", json, status);

    public static async Task AnswerAsync(this HttpContext context, string type, string text, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(text);
    }

    public static long Number(this HttpRequest request, string parameter, long otherwise) =>
        request.Query.TryGetValue(parameter, out var text) ? long.Parse(text.ToString(), System.Globalization.CultureInfo.InvariantCulture) : otherwise;

    public static string Self(this HttpContext context) => UriHelper.BuildAbsolute(context.Request.Scheme, context.Request.Host, context.Request.PathBase, context.Request.Path);
}
