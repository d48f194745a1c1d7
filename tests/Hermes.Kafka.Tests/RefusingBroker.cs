using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hermes.Kafka.Tests;

/// <summary>
/// Speaks as much of Kafka's protocol as a log-in takes (ApiVersions, SaslHandshake, SaslAuthenticate), and refuses every user. No Kafka that knows
/// passwords can be had for the tests.
/// </summary>
internal sealed class RefusingBroker : IAsyncDisposable
{
    private const short SaslHandshake = 17;
    private const short ApiVersions = 18;
    private const short SaslAuthenticate = 36;
    private const short UnsupportedVersion = 35;
    private const short AuthenticationFailed = 58;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public RefusingBroker()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                while (true)
                {
                    var request = new byte[BinaryPrimitives.ReadInt32BigEndian(await ReadAsync(stream, 4))];
                    await stream.ReadExactlyAsync(request, _stop.Token);
                    await stream.WriteAsync(Answer(request), _stop.Token);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client has heard enough.
            }
        }
    }

    private async Task<byte[]> ReadAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _stop.Token);
        return bytes;
    }

    /// <summary>A request begins with its kind, its version and a number that the answer repeats.</summary>
    private static byte[] Answer(byte[] request)
    {
        var (kind, version) = (BinaryPrimitives.ReadInt16BigEndian(request), BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(2)));
        byte[] body = kind switch
        {
            ApiVersions =>
            [
                .. Short(version == 0 ? (short)0 : UnsupportedVersion),
                .. Int(3),
                .. Short(SaslHandshake), .. Short(0), .. Short(1),
                .. Short(ApiVersions), .. Short(0), .. Short(0),
                .. Short(SaslAuthenticate), .. Short(0), .. Short(0),
            ],
            SaslHandshake => [.. Short(0), .. Int(3), .. Text("PLAIN"), .. Text("SCRAM-SHA-256"), .. Text("SCRAM-SHA-512")],
            SaslAuthenticate => [.. Short(AuthenticationFailed), .. Text("Authentication failed: invalid credentials"), .. Int(0)],
            _ => throw new InvalidOperationException($"A request of kind {kind} came before the log-in was over."),
        };
        return [.. Int(4 + body.Length), .. request.AsSpan(4, 4), .. body];
    }

    private static byte[] Short(short number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Int(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Text(string text) => [.. Short((short)text.Length), .. Encoding.ASCII.GetBytes(text)];
}
