package page

// platforms are the pages that hosters, servers and builders of sites show where nothing is any more: deployments that
// were taken down, accounts that were suspended, servers that nobody set up. They tell what a 404 tells, behind whatever
// status. Each mark is wording or structure of that page alone; the bound on words keeps articles about them out.
var platforms = []rule{
	// deployments
	{name: "vercel-gone", says: "Vercel: the deployment is gone or disabled", status: "402|404|410|451|500|200", header: "X-Vercel-Error: deployment_", why: "vercel.com/docs/errors"},
	{name: "vercel-disabled", says: "Vercel: the deployment is disabled", text: "this deployment is temporarily paused|this deployment has been disabled|deployment_disabled|deployment_not_found|deployment_paused", words: 80, why: "vercel.com/docs/errors"},
	{name: "netlify-gone", says: "Netlify: no such site", header: "Server: netlify", text: "not found - request id:|looks like you've followed a broken link or entered a url that doesn't exist on this site", words: 60, why: "docs.netlify.com; known"},
	{name: "netlify-title", says: "Netlify: no such site", title: "site not found", text: "netlify", words: 120, why: "known"},
	{name: "netlify-paused", says: "Netlify: the site is paused", title: "site not available", text: "paused|usage limits", words: 120, why: "docs.netlify.com/manage/accounts-and-billing"},
	{name: "heroku-gone", says: "Heroku: no such app", load: "herokucdn.com/error-pages/no-such-app", why: "devcenter.heroku.com/articles/error-pages"},
	{name: "heroku-text", says: "Heroku: no such app", title: "heroku | no such app|no such app", words: 120, why: "known"},
	{name: "render-suspended", says: "Render: suspended by its owner", header: "X-Render-Routing: suspend", why: "render.com/docs; known"},
	{name: "render-gone", says: "Render: no such service", header: "X-Render-Routing: no-server", why: "known"},
	{name: "render-text", says: "Render: suspended by its owner", text: "this service has been suspended", words: 60, why: "known: status 503"},
	{name: "github-pages-gone", says: "GitHub Pages: no such site", title: "site not found · github pages", why: "known"},
	{name: "github-pages-text", says: "GitHub Pages: no such site", text: "there isn't a github pages site here", words: 120, why: "docs.github.com/pages"},
	{name: "gitlab-pages-gone", says: "GitLab Pages: no such site", text: "the page you're looking for could not be found", element: "gitlab-pages", words: 120, why: "known"},
	{name: "cloudflare-pages-gone", says: "Cloudflare Pages: nothing here", title: "nothing is here yet", words: 100, why: "known"},
	{name: "fly-gone", says: "Fly.io: no such app", header: "Server: fly/", status: "404", text: "no app|not found here", words: 30, why: "known"},
	{name: "surge-gone", says: "Surge: no such project", title: "project not found", text: "surge", words: 100, why: "known"},
	{name: "firebase-gone", says: "Firebase: no such site", title: "site not found", text: "firebase", words: 200, why: "firebase.google.com/docs/hosting; known"},
	{name: "firebase-fresh", says: "Firebase: set up, and nothing put up", title: "firebase hosting setup complete", words: 120, why: "the index.html of firebase init"},
	{name: "azure-stopped", says: "Azure: this web app is stopped", title: "error 403 - this web app is stopped|microsoft azure app service - error 403|microsoft azure web app - error 403", why: "learn.microsoft.com/azure/app-service"},
	{name: "azure-text", says: "Azure: this web app is stopped", text: "this web app is stopped", words: 120, why: "learn.microsoft.com/azure/app-service"},
	{name: "azure-gone", says: "Azure: no such web app", title: "404 web site not found|microsoft azure web app - error 404", why: "known"},
	{name: "railway-gone", says: "Railway: no such application", text: "the train has not arrived at the station", words: 100, why: "known"},
	{name: "replit-gone", says: "Replit: no such app", title: "replit app not found|repl not found|404 | replit|run this app to see the results here.|this app isn't live yet", words: 150, why: "known"},
	{name: "glitch-gone", says: "Glitch: the project is gone", text: "this glitch project|project hosting on glitch has ended", words: 200, why: "known"},
	{name: "ngrok-gone", says: "ngrok: the tunnel is closed", header: "Ngrok-Error-Code: err_ngrok_3200", why: "ngrok.com/docs/errors/err_ngrok_3200"},
	{name: "pantheon-gone", says: "Pantheon: no such site", text: "the gods are wise, but do not know of the site which you seek", words: 120, why: "known"},
	{name: "streamlit-gone", says: "Streamlit: no such app", text: "this app has been deleted|you do not have access to this app or it does not exist", words: 100, why: "known"},

	// storage
	{name: "s3-no-bucket", says: "Amazon S3: no such bucket", text: "nosuchbucket", words: 60, why: "docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"},
	{name: "s3-no-website", says: "Amazon S3: no website here", text: "nosuchwebsiteconfiguration", words: 80, why: "docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"},
	{name: "azure-storage-gone", says: "Azure Storage: no such resource", text: "resourcenotfound|containernotfound|blobnotfound", words: 60, why: "learn.microsoft.com/rest/api/storageservices/blob-service-error-codes"},

	// builders of sites
	{name: "wordpress-typo", says: "WordPress.com: no such site", place: "wordpress.com/typo/|wordpress.com/start/", why: "known: where links to removed sites are sent"},
	{name: "wordpress-deleted", says: "WordPress.com: the site was deleted", text: "the authors have deleted this site|is no longer available. the authors", words: 150, why: "known"},
	{name: "blogger-removed", says: "Blogger: the blog was removed", text: "sorry, the blog at", words: 150, why: "known"},
	{name: "tumblr-gone", says: "Tumblr: nothing here", title: "not found.|tumblr: not found", text: "there's nothing here", words: 150, why: "known"},
	{name: "shopify-closed", says: "Shopify: the shop is closed", text: "sorry, this shop is currently unavailable|this store is unavailable", words: 120, why: "known"},
	{name: "wix-unconnected", says: "Wix: the domain leads to no site", text: "looks like this domain isn't connected to a website yet|this domain is not connected to a website", words: 150, why: "support.wix.com"},
	{name: "squarespace-expired", says: "Squarespace: the site has expired", title: "squarespace - website expired|website expired", words: 150, why: "support.squarespace.com"},
	{name: "squarespace-none", says: "Squarespace: no such site", title: "squarespace - no such account|squarespace - domain not claimed", words: 150, why: "known"},
	{name: "weebly-gone", says: "Weebly: no such site", text: "this site is no longer available|site not published", load: "weebly", words: 150, why: "known"},
	{name: "webflow-gone", says: "Webflow: the site is not published", text: "this site is not published|the page you are looking for doesn't exist or has been moved", load: "webflow", words: 60, why: "known"},
	{name: "ghost-gone", says: "Ghost: no such site", text: "site unavailable", load: "ghost.org", words: 80, why: "known"},
	{name: "readthedocs-gone", says: "Read the Docs: no such project", text: "the documentation page you requested does not exist or may have been removed", words: 200, why: "known"},
	{name: "google-sites-gone", says: "Google Sites: no such site", text: "the requested url was not found on this server. that's all we know", words: 60, why: "known"},

	// accounts
	{name: "cpanel-suspended-place", says: "the account is suspended", place: "/cgi-sys/suspendedpage.cgi", why: "docs.cpanel.net/whm/account-functions/manage-account-suspension"},
	{name: "suspended-title", says: "the account is suspended", title: "account suspended|account has been suspended|this account has been suspended|this account has been suspended.|site suspended|website suspended|hosting account suspended|suspended domain|domain suspended|service suspended|website is suspended|this site has been suspended|this website has been suspended", words: 150, why: "docs.cpanel.net; known on hosters"},
	{name: "suspended-text", says: "the account is suspended", text: "this account has been suspended|this website has been suspended|this site has been suspended|the website you are trying to access has been suspended", words: 60, why: "known"},
	{name: "bandwidth-exceeded", says: "the account's traffic is used up", status: "509|200|503", title: "509 bandwidth limit exceeded|bandwidth limit exceeded", words: 100, doubt: true, why: "known: it may come back next month"},

	// servers that nobody set up
	{name: "nginx-default", says: "the default page of nginx", title: "welcome to nginx!|welcome to nginx", words: 120, why: "nginx's index.html"},
	{name: "nginx-distribution", says: "the default page of nginx", title: "test page for the nginx http server on fedora|test page for the nginx http server on red hat enterprise linux|test page for the nginx http server on amazon linux|welcome to nginx on debian!|welcome to nginx on ubuntu!", why: "the distributions' index.html"},
	{name: "apache-works", says: "the default page of Apache", title: "it works!", words: 10, why: "httpd's index.html"},
	{name: "apache-default", says: "the default page of Apache", title: "apache2 ubuntu default page: it works|apache2 debian default page: it works|apache2 default page|apache http server test page powered by centos|test page for the apache http server|test page for apache installation|http server test page|http server test page powered by: rocky linux|http server test page powered by: almalinux", why: "httpd's index.html and the distributions'"},
	{name: "apache-bare", says: "the default page of Apache", text: "it works!", words: 3, why: "httpd's index.html before 2.4"},
	{name: "iis-default", says: "the default page of IIS", title: "iis windows server|iis windows|iis7|iis8|iis10|microsoft internet information services 8", words: 60, why: "iisstart.htm"},
	{name: "cpanel-default-place", says: "the default page of cPanel", place: "/cgi-sys/defaultwebpage.cgi", why: "docs.cpanel.net"},
	{name: "cpanel-default", says: "the default page of cPanel", title: "default web site page|default website page|default webpage", words: 400, why: "docs.cpanel.net"},
	{name: "plesk-default", says: "the default page of Plesk", title: "domain default page|web server's default page|default parallels plesk panel page|default plesk page|web server&#39;s default page", words: 300, why: "docs.plesk.com"},
	{name: "directadmin-default", says: "the default page of DirectAdmin", text: "this is a default page|apache is functioning normally", words: 30, why: "docs.directadmin.com"},
	{name: "litespeed-default", says: "the default page of LiteSpeed", title: "welcome to litespeed web server!|litespeed web server|congratulation! litespeed is working", words: 150, why: "known"},
	{name: "openlitespeed-default", says: "the default page of OpenLiteSpeed", text: "successfully installed the openlitespeed web server|successfully installed openlitespeed", words: 200, why: "openlitespeed.org/kb: its Example host"},
	{name: "django-default", says: "the page of a new Django project", title: "the install worked successfully! congratulations!", words: 150, why: "docs.djangoproject.com/en/stable/intro/tutorial01/"},
	{name: "rails-default", says: "the page of a new Rails application", title: "ruby on rails: welcome aboard|yay! you're on rails!|ruby on rails: welcome", words: 150, why: "guides.rubyonrails.org/getting_started.html"},
	{name: "redhat-default", says: "the default page of Apache", begins: "http server test page powered by|test page for the http server on", words: 300, why: "the welcome page of CentOS, Rocky Linux and Red Hat"},
	{name: "ispconfig-default", says: "the default page of ISPConfig", text: "this is the default index page of your website", words: 120, why: "ispconfig.org: standard_index.html"},
	{name: "ovh-default", says: "a hoster's page for sites that nobody has put up", begins: "félicitations ! votre domaine a bien été créé|congratulations! your domain has been created", words: 200, why: "docs.ovh.com: the first page of a new hosting"},
	{name: "caddy-default", says: "the default page of Caddy", title: "caddy works!", words: 250, why: "caddyserver.com/docs/install"},
	{name: "tomcat-default", says: "the default page of Tomcat", begins: "apache tomcat/", text: "if you're seeing this, you've successfully installed tomcat", why: "tomcat.apache.org"},
	{name: "hosting-default", says: "a hoster's page for sites that nobody has put up", title: "hosting24.com|default page|default hosting page|you are all set to go!|welcome to your new website|future home of something quite cool|website coming soon|site under construction default page", words: 120, why: "known on hosters"},
	{name: "future-home", says: "a hoster's page for sites that nobody has put up", text: "future home of something quite cool|future home of another great website|this is the default web page for this server", words: 120, why: "known on hosters"},
}
