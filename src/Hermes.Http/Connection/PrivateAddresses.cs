using System.Net;
using System.Net.Sockets;
using Hermes.Abstractions;

namespace Hermes.Http.Connection;

/// <summary>
/// Refuses connections into private networks. It looks at the address that is connected to, not at the name: a name may stand for another address a
/// moment later.
/// </summary>
/// <param name="resolve">The addresses of a name.</param>
internal sealed class PrivateAddresses(Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    // This machine, private use, shared by providers, link-local, protocols, benchmarks, multicast, reserved (RFC 6890 and those that follow it).
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "224.0.0.0/4", "240.0.0.0/4", "::/127", "64:ff9b:1::/48", "100::/64", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    // Addresses of version 6 that carry one of version 4: at which byte it begins.
    private static readonly (IPNetwork Network, int At)[] Carriers =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2), (IPNetwork.Parse("::/96"), 12),
    ];

    /// <summary>Connects to the first public address of a host.</summary>
    /// <exception cref="HttpFaultException">It has none.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        IPAddress[] allowed = [.. addresses.Where(address => !IsPrivate(address))];
        if (allowed.Length == 0)
        {
            throw new HttpFaultException(
                $"{host} is an address of this machine or of a private network, which AllowPrivateAddresses forbids.", FaultKind.Permanent);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address is of this machine or a private network, or no address of a host at all.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (NotPublic.Any(network => network.Contains(plain)))
            return true;
        return Carriers.FirstOrDefault(carrier => carrier.Network.Contains(plain)) is { At: > 0 } found
            && IsPrivate(new IPAddress(plain.GetAddressBytes().AsSpan(found.At, 4)));
    }
}
