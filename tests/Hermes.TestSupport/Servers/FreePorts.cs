using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Hermes.TestSupport.Servers;

/// <summary>Ports of 127.0.0.1 on which nothing listens.</summary>
public static class FreePorts
{
    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    /// <summary>A free port that this process has not been given before.</summary>
    public static int Next()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (Taken.TryAdd(port, true))
                return port;
        }
    }
}
