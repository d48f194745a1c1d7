using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Hermes.ClientRuntime.Tests.Notifications;

/// <summary>A mail server on a free port of this machine that takes one mail.</summary>
internal sealed class SmtpSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);

    public SmtpSink() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Takes the mail: the commands before its data, and the decoded lines of the data.</summary>
    public async Task<(List<string> Envelope, List<string> Text)> ReceiveAsync()
    {
        using var connection = await _listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(connection.GetStream());
        await using var writer = new StreamWriter(connection.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        var (envelope, text) = (new List<string>(), new List<string>());
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync() is { } command && command != "QUIT")
        {
            envelope.Add(command);
            if (command != "DATA")
            {
                await writer.WriteLineAsync("250 fine");
                continue;
            }

            await writer.WriteLineAsync("354 go on");
            while (await reader.ReadLineAsync() is { } line && line != ".")
                text.Add(line);
            await writer.WriteLineAsync("250 taken");
            break;
        }

        return (envelope, [.. Decode(text).Split("\r\n")]);
    }

    // Quoted-printable: an equals sign at the end of a line joins it with the next, elsewhere it stands before the code of a byte.
    private static string Decode(IEnumerable<string> lines)
    {
        var joined = string.Join("\r\n", lines).Replace("=\r\n", "", StringComparison.Ordinal);
        return Regex.Replace(joined, "=([0-9A-F]{2})", code => ((char)Convert.ToByte(code.Groups[1].Value, 16)).ToString());
    }

    public void Dispose() => _listener.Dispose();
}
