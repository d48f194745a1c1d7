using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hermes.Abstractions;

namespace Hermes.Http.Connection;

/// <summary>Tokens of OAuth 2.0 for a client that speaks for itself (RFC 6749, 4.4). One is used until shortly before its end.</summary>
internal sealed class ClientCredentials(HttpConnectionOptions options, HttpMessageInvoker invoker, TimeProvider time) : Credential
{
    private const int LongestAnswer = 1 << 20;

    // Of a life of an hour: a minute. Clocks differ, and a page takes its time.
    private const double EarlyShare = 1.0 / 60;
    private static readonly TimeSpan LeastEarly = TimeSpan.FromSeconds(5);

    // A server need not say how long a token lives; the service's 401 ends it in any case.
    private static readonly TimeSpan UnknownLife = TimeSpan.FromMinutes(5);

    // The errors of RFC 6749, 5.2. Another text could be anything.
    private static readonly string[] KnownErrors =
        ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

    private readonly Uri _address = new(options.TokenAddress!);
    private readonly SemaphoreSlim _turns = new(1);
    private Token? _token;

    public override async ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await CurrentAsync(cancellationToken);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token.Text}");
    }

    public override bool TryRenew()
    {
        _token = null;
        return true;
    }

    public override void Dispose() => _turns.Dispose();

    private async Task<Token> CurrentAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return _token is { } token && time.GetUtcNow() < token.RenewAt ? token : _token = await FetchAsync(cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<Token> FetchAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        using var request = Request();
        using var response = await invoker.SendAsync(request, cancellationToken);
        var status = (int)response.StatusCode;
        if (status is not (200 or 400 or 401))
            throw AnswerStatus.Fault(status, response.Headers.RetryAfter, options.LongestWait, time).At(_address);
        var content = await AnswerBody.ReadAsync(response.Content, LongestAnswer, cancellationToken);
        return status == 200 ? Read(content, asked) : throw Refusal(content);
    }

    private HttpRequestMessage Request()
    {
        List<KeyValuePair<string, string>> form = [new("grant_type", "client_credentials")];
        if (!string.IsNullOrWhiteSpace(options.Scope))
            form.Add(new("scope", options.Scope));
        var request = new HttpRequestMessage(HttpMethod.Post, _address);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (options.ClientSecretInBody)
        {
            form.AddRange([new("client_id", options.ClientId!), new("client_secret", options.ClientSecret!)]);
        }
        else
        {
            // Both are encoded as in a form before they are joined (RFC 6749, 2.3.1).
            var pair = $"{Uri.EscapeDataString(options.ClientId!)}:{Uri.EscapeDataString(options.ClientSecret!)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    private Token Read(ReadOnlyMemory<byte> content, DateTimeOffset asked)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            if (root.GetProperty("access_token").GetString() is { Length: > 0 } text && text.All(letter => letter is > ' ' and <= '~'))
                return new Token(text, asked + Life(root));
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The parser's message may show the token.
        }

        throw new HttpFaultException("The authorization server's answer holds no token.", FaultKind.Permanent).At(_address);
    }

    private static TimeSpan Life(JsonElement root)
    {
        if (!root.TryGetProperty("expires_in", out var told) || told.ValueKind != JsonValueKind.Number || !told.TryGetDouble(out var seconds) || seconds <= 0)
            return UnknownLife;
        var life = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(365).TotalSeconds));
        var early = life * EarlyShare;
        return life - (early > LeastEarly ? early : life > LeastEarly * 2 ? LeastEarly : life / 2);
    }

    private HttpFaultException Refusal(ReadOnlyMemory<byte> content)
    {
        var said = KnownErrors.FirstOrDefault(error => content.Span.IndexOf(Encoding.UTF8.GetBytes($"\"{error}\"")) >= 0);
        return new HttpFaultException(
            $"The authorization server refuses the client{(said is null ? "" : $" ({said})")}. Correct ClientId, ClientSecret or Scope.", FaultKind.Permanent).At(_address);
    }

    private sealed record Token(string Text, DateTimeOffset RenewAt);
}
