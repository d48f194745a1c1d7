using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebCampus;

/// <summary>Somebody who wants to be told who comes and goes: takes what is signed (Standard Webhooks), each message once.</summary>
internal sealed class Receiver
{
    private const string Prefix = "whsec_";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, string> _taken = new(StringComparer.Ordinal);

    public string Secret => Prefix + Convert.ToBase64String(_key);

    public int Refused { get; private set; }

    /// <summary>What it was told, such as <c>People.added</c>, and how often.</summary>
    public IReadOnlyDictionary<string, int> Told => _taken.Values.CountBy(kind => kind).ToDictionary();

    public void Map(WebApplication application) => application.MapPost("/told", async context =>
    {
        using var reader = new StreamReader(context.Request.Body);
        var (body, id) = (await reader.ReadToEndAsync(), context.Request.Headers["webhook-id"].ToString());
        var mac = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{id}.{context.Request.Headers["webhook-timestamp"]}.{body}"));
        if (context.Request.Headers["webhook-signature"] != $"v1,{Convert.ToBase64String(mac)}")
        {
            Refused++;
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var message = JsonDocument.Parse(body);
        _taken[id] = message.RootElement.GetProperty("type").GetString()!;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });
}
