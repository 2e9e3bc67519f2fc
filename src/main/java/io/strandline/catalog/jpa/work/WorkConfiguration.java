package io.strandline.catalog.jpa.work;

import io.strandline.catalog.history.Attempts;
import io.strandline.catalog.work.Documents;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes the stores of what lives in the catalog only. */
@Configuration(proxyBeanMethods = false)
class WorkConfiguration {

    @Bean
    Attempts attempts(EntityManagerFactory factory, PlatformTransactionManager transactions) {
        return new JpaAttempts(SharedEntityManagerCreator.createSharedEntityManager(factory), transactions);
    }

    @Bean
    Documents documents(EntityManagerFactory factory, PlatformTransactionManager transactions) {
        return new JpaDocuments(SharedEntityManagerCreator.createSharedEntityManager(factory), transactions);
    }
}
