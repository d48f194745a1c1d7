using System.Net;
using System.Text.RegularExpressions;

namespace Hermes.AspNetCore.Tests;

/// <summary>Loads pages and sends their forms as a browser without scripts does.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(CampusHost host) =>
        _http = host.Connect(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    public HttpClient Http => _http;

    /// <summary>Loads a page that is there.</summary>
    public async Task<string> LoadAsync(string path)
    {
        var response = await _http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, $"{path}: {text}");
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        return text;
    }

    /// <summary>Sends a form of a page, with its token.</summary>
    public async Task<HttpResponseMessage> SendAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var token = WebUtility.HtmlDecode(Token().Match(await LoadAsync(page)).Groups["token"].Value);
        token.Should().NotBeEmpty($"{page} has a form");
        return await SendAsync(action, [.. fields, ("__RequestVerificationToken", token)]);
    }

    public async Task<HttpResponseMessage> SendAsync(string action, IEnumerable<(string Name, string Value)> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
