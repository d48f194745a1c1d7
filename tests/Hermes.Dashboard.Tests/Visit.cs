using Microsoft.Playwright;

namespace Hermes.Dashboard.Tests;

/// <summary>A page in a window, with what the browser had to complain of.</summary>
internal sealed class Visit
{
    private readonly Uri _root;

    private Visit(IPage page, Uri root)
    {
        (Page, _root) = (page, root);
        page.Console += (_, message) => Note(message.Type is "error" or "warning" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal), message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.Request += (_, request) => Note(new Uri(request.Url).Authority != root.Authority, $"a request to {request.Url}");
        page.Dialog += (_, dialog) => Note(true, $"a dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, breaches of the content policy, requests that leave the host, dialogs.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Visit> BeginAsync(IBrowserContext window, Uri root) => new(await window.NewPageAsync(), root);

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(_root, path).AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name });

    public ILocator Text(string text) => Page.GetByText(text);

    private void Note(bool isWrong, string what)
    {
        if (isWrong)
            Complaints.Add($"{Page.Url}: {what}");
    }
}
