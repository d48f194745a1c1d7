using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Hermes.AspNetCore.Api;

/// <summary>The OpenAPI document of the API.</summary>
internal static partial class ApiDocument
{
    /// <summary>What the document is called among those of the host, and the group of the routes in it.</summary>
    public const string Name = "hermes";

    private static readonly (string Name, JsonSchemaType Type, string Text)[] QueryParameters =
    [
        ("type", JsonSchemaType.String, "The data type."),
        ("key", JsonSchemaType.String, "The key, as JSON; what is no JSON is a text."),
        ("keyPrefix", JsonSchemaType.String, "How the key begins, as it is shown."),
        ("text", JsonSchemaType.String, "What the message holds."),
        ("kind", JsonSchemaType.String, "The kind, by its name."),
        ("state", JsonSchemaType.String, "The state, by its name."),
        ("group", JsonSchemaType.String, "The group of failures."),
        ("from", JsonSchemaType.String, "This time or later."),
        ("until", JsonSchemaType.String, "Before this time."),
        ("size", JsonSchemaType.Integer, "How many items at most, 1 to 1000. Default: 100."),
        ("cursor", JsonSchemaType.String, "Where the page begins: 'next' of the page before."),
        ("total", JsonSchemaType.Boolean, "Whether all that is meant is counted."),
    ];

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.GroupName == Name;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Hermes", Version = "v1", Description = "Servers and clients of a host: how they are doing, and what can be done." };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancellationToken) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            Complete(operation, context.Description.RelativePath ?? "", metadata.OfType<TakesQuery>().Any());
            if (metadata.OfType<TakesBody>().FirstOrDefault() is not { } body)
                return;
            var schema = await context.GetOrCreateSchemaAsync(body.Type, cancellationToken: cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
            };
        });
    }

    /// <summary>Writes the document.</summary>
    public static async Task WriteAsync(HttpContext context)
    {
        var document = await context.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(context.RequestAborted);
        document.Servers = [new OpenApiServer { Url = context.Request.PathBase.HasValue ? context.Request.PathBase.ToUriComponent() : "/" }];
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, context.RequestAborted), context.RequestAborted);
    }

    // The places in the paths and the parameters of lists are read from the request, so nothing else tells of them.
    private static void Complete(OpenApiOperation operation, string path, bool takesQuery)
    {
        operation.Parameters ??= [];
        foreach (Match place in Places().Matches(path))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = place.Groups["name"].Value,
                In = ParameterLocation.Path,
                Required = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        // A list whose type stands in the path has no other types.
        foreach (var (name, type, text) in QueryParameters.Where(parameter => takesQuery && operation.Parameters.All(known => known.Name != parameter.Name)))
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = text, Schema = new OpenApiSchema { Type = type } });
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Places();
}

/// <summary>Says what JSON a route takes. What ASP.NET has for that would pass a body of another type on to the route of last resort, as not found.</summary>
internal sealed record TakesBody(Type Type);

/// <summary>Marks a route that answers with a page of a list.</summary>
internal sealed class TakesQuery;
