using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hermes.Tool.Http;

/// <summary>The HTTP API of a host, and its dashboard.</summary>
internal static class HttpSide
{
    /// <summary>Where both are, below the address.</summary>
    public const string Root = "/hermes";

    /// <summary>Adds them to a host.</summary>
    public static void Add(WebApplicationBuilder builder, HttpSettings settings)
    {
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, settings));
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = endPoint => ControlSocket.Bind(endPoint, settings.SocketMode));
        builder.Services.AddRouting();
        builder.Services.AddHermesDashboard(dashboard => dashboard.HasPages = settings.Dashboard);

        // A form that is open while the host is started anew is loaded again; there are no keys to be kept and guarded.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(TokenAuthentication.Name).AddScheme<TokenOptions, TokenAuthentication>(TokenAuthentication.Name, options =>
        {
            options.Token = settings.Token;
            options.AsksPeople = settings.Dashboard;
        });
    }

    /// <summary>Maps them, open to who may come in.</summary>
    public static void Map(WebApplication app, HttpSettings settings)
    {
        app.MapHermes(Root).RequireAuthorization();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Hermes.Tool");
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            if (settings.Url is { } url)
                log.AnswersAt($"{url.GetLeftPart(UriPartial.Authority)}{Root}");
            if (settings.Socket is { } socket)
                log.AnswersAt(socket);
        });
    }

    private static void Listen(KestrelServerOptions kestrel, HttpSettings settings)
    {
        kestrel.AddServerHeader = false;
        if (settings.Socket is { } socket)
            kestrel.ListenUnixSocket(socket);
        if (settings.Url is not { } url)
            return;
        if (url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            kestrel.ListenLocalhost(url.Port, Secure);
        else if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address))
            kestrel.Listen(address, url.Port, Secure);
        else
            kestrel.ListenAnyIP(url.Port, Secure);

        void Secure(ListenOptions listen)
        {
            if (settings.Certificate is { } certificate)
                listen.UseHttps(certificate);
        }
    }
}
