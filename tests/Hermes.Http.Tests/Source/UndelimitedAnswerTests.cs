using System.Net;
using System.Net.Sockets;
using System.Text;
using Hermes.Abstractions.Sources;
using Hermes.Http.Source;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Http.Tests.Source;

/// <summary>Servers older than HTTP/1.1 end an answer by closing the connection, as a break does.</summary>
public sealed class UndelimitedAnswerTests
{
    [Theory]
    [InlineData(HttpItemFormat.Json, "[{\"id\":1},{\"id\":2}]", true)]
    [InlineData(HttpItemFormat.Json, "[{\"id\":1},{\"id\":2}", false)]
    [InlineData(HttpItemFormat.JsonLines, "{\"id\":1}\n{\"id\":2}\n", false)]
    [InlineData(HttpItemFormat.Csv, "id\n1\n2\n", false)]
    public async Task An_answer_whose_end_is_not_told_is_used_only_where_its_content_shows_that_it_is_whole(HttpItemFormat format, string body, bool isUsed)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync(listener, body, stop.Token);
        var options = new HttpSourceOptions
        {
            Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}",
            Format = format,
            Proof = ReadProof.TwoPasses,
            Retries = 0,
            Rereads = 0,
        };
        options.Key.Add("id");
        using var source = new HttpSource("old", options);

        var read = () => source.ReadAllAsync(Reads.Fetch());

        if (isUsed)
            (await read()).Should().HaveCount(2);
        else
            await read.Should().ThrowAsync<SourceException>();
        await stop.CancelAsync();
        await serving;
    }

    private static async Task ServeAsync(TcpListener listener, string body, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptSocketAsync(cancellationToken);
                var request = new byte[4096];
                await connection.ReceiveAsync(request, cancellationToken);
                await connection.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{body}"), cancellationToken);
                connection.Shutdown(SocketShutdown.Both);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
