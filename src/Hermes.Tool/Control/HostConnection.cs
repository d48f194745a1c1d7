using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hermes.Tool.Http;

namespace Hermes.Tool.Control;

/// <summary>Talks to the HTTP API of a host that runs.</summary>
internal sealed class HostConnection : IDisposable
{
    // The host answers within half a minute, and goes on with what takes longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HostAddress _address;
    private readonly HttpClient _http;

    /// <summary>Makes a connection; nothing is sent yet.</summary>
    /// <param name="address">Where the host answers.</param>
    /// <param name="actor">For whom it is asked.</param>
    public HostConnection(HostAddress address, string actor)
    {
        _address = address;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15) };
        if (address.Socket is { } path)
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken);
        _http = new HttpClient(handler) { BaseAddress = new Uri(address.Url, $"{HttpSide.Root}/api/v1/"), Timeout = Patience };
        _http.DefaultRequestHeaders.Add(TokenAuthentication.ActorHeader, Uri.EscapeDataString(actor));
        if (address.Token is { } token)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Asks for something.</summary>
    /// <exception cref="ControlException">The host does not tell it.</exception>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseContentRead, cancellationToken);
        return await ReadAsync(response, cancellationToken) ?? throw Unexpected();
    }

    /// <summary>Lets the host do something.</summary>
    /// <returns>What it answers; null if it has nothing to tell.</returns>
    /// <exception cref="ControlException">The host does not do it.</exception>
    public async Task<HostAnswer> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return new HostAnswer(response.StatusCode != HttpStatusCode.Accepted, await ReadAsync(response, cancellationToken));
    }

    /// <summary>Reads a list as far as it is wanted.</summary>
    /// <param name="path">The list.</param>
    /// <param name="query">The parameters of the address.</param>
    /// <param name="most">How many items at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ControlException">The host does not tell it.</exception>
    public async IAsyncEnumerable<JsonObject> ListAsync(
        string path, IEnumerable<KeyValuePair<string, string>> query, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parameters = string.Concat(query.Select(pair => $"&{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        string? cursor = null;
        do
        {
            var size = Math.Min(most, 1000);
            var page = await GetAsync($"{path}?size={size}{parameters}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken);
            foreach (var item in page["items"]!.AsArray())
            {
                most--;
                yield return item as JsonObject ?? new JsonObject { ["key"] = item?.DeepClone() };
            }

            cursor = (string?)page["next"];
        }
        while (cursor is not null && most > 0);
    }

    /// <summary>Reads how all are doing, each time that it changes, until the host ends.</summary>
    /// <exception cref="ControlException">The host does not tell it.</exception>
    public async IAsyncEnumerable<JsonNode> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "events"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var told in SseParser.Create(stream).EnumerateAsync(cancellationToken))
            yield return JsonNode.Parse(told.Data) ?? throw Unexpected();
    }

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw Unexpected();
        }
    }

    private static ControlException Unexpected() => new(ExitCode.Failed, "What answers is no host of Hermes, or one of another version.");

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption until, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, until, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ControlException(ExitCode.Unreachable, $"The host at {_address} does not answer.");
        }
        catch (HttpRequestException failed)
        {
            throw Unreachable(failed);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw Refused(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private ControlException Unreachable(HttpRequestException failed)
    {
        if (failed.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied })
            return new(ExitCode.NotAllowed, $"You may not use {_address}: its owner may, and whom Http: SocketMode lets.");
        if (_address.Socket is not null)
            return new(ExitCode.Unreachable, $"No host answers at {_address}. Is hermes running there, and does its configuration name this path in Http: Socket?");
        return new(ExitCode.Unreachable, $"No host answers at {_address}: {failed.InnerException?.Message ?? failed.Message}");
    }

    private static ControlException Refused(HttpStatusCode status, string text)
    {
        string? reason = null;
        try
        {
            reason = (string?)JsonNode.Parse(text)?["detail"];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Another program may answer anything.
        }

        var code = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.NotAllowed,
            HttpStatusCode.NotFound => ExitCode.NotFound,
            HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable => ExitCode.NotNow,
            _ => ExitCode.Failed,
        };
        return new(code, reason ?? $"The host answers {(int)status} and says no more: it may be no host of Hermes.");
    }
}

/// <summary>What a host answers to what it was asked to do.</summary>
/// <param name="HasEnded">Whether it is done; it goes on if not.</param>
/// <param name="Body">What it tells; null: nothing.</param>
internal sealed record HostAnswer(bool HasEnded, JsonNode? Body);
